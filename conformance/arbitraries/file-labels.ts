/** Names and types under which a PDF may come, none of which says that it is one twice. */
export const strangeLabels = [
  { name: 'cv.docx', type: 'application/pdf' },
  { name: 'cv', type: 'application/octet-stream' },
  { name: 'Lebenslauf 履歴書 "final".PDF', type: 'text/plain' },
  { name: '../../cv.pdf', type: '' },
];
