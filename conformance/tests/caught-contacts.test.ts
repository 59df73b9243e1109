import { describeCaught } from './caught.ts';

describeCaught('contacts');
