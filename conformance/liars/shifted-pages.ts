import type { Liar } from '../rule.ts';
import { onPage } from './answers.ts';
import { keepBook } from './ledger.ts';

/** Counts the items that came since the first page as if they stood before every later one. */
export const shiftPages: Liar = (fetch, name) => {
  let came = 0;
  const book = keepBook(fetch, name, ({ operation }) => {
    if (operation === 'createDossier' || operation === 'createContact') came += 1;
  });
  const show = onPage(['listDossiers', 'listContacts'], (page, url) => {
    if (url.searchParams.get('page') === '1') came = 0;
    else if (came > 0) page.data.shift();
  });
  return show(book, name);
};
