/** Texts that are easily spoilt on the way, by what is special about them. */
export const texts = {
  'accents and combining marks': 'Zoë Brontë, naïve café, e\u0301 a\u030a',
  emoji: '👩‍👩‍👧‍👦 🏳️‍🌈 🙂',
  'another direction': 'שלום \u202e مرحبا',
  quotes: `"'\`\\ ’ “”`,
  'a query’s wildcards': '100% _done_ \\% *',
  markup: '</script><b onclick="x">&amp; {{x}} %s ${y}',
  'control characters': 'a\tb\r\nc\u0000\u2028',
  'white space around it': '  KLM \n',
  'ten thousand characters': 'é'.repeat(10_000),
  'a word that means something to a machine': 'null',
} as const;
