import { describeCaught } from './caught.ts';

describeCaught('changes');
