/**
 * Variants that take a decision otherwise without any rule telling so, and why that is as it should
 * be. Whatever is unnoticed beside these is a rule that looks away, or a variant that doesn't vary.
 */
export const whyUnnoticed: Readonly<Record<string, string>> = {
  'LG-ERR-025/2':
    'HEAD has no body that could be judged, and OPTIONS belongs to whoever lets browsers in: the rule sends neither.',
  'LG-FLO-014/1': 'A scale from 0 to 1 lies within the one from 0 to 100.',
  'LG-GEN-004/1': 'The media type is the same with parameters.',
  'LG-GEN-010/1': "The rules compare with the Date header, which is of the server's clock too.",
  'LG-LIM-004/2': 'The rule asks when more than a second is left.',
  'LG-LIM-013/1': 'The second limit is above what the rule sends; `limit-bursts` has a lower one.',
  'LG-LIM-015/2': 'Nothing flows back in the moments for which the rules look.',
  'freedom/clock-behind':
    "The rules compare with the Date header, which is of the server's clock too.",
  'dressed/clock-ahead':
    "The rules compare with the Date header, which is of the server's clock too.",
  'LG-WEB-039/2': 'The endpoint is switched off after more failures than the rule makes.',
};
