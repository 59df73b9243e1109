import { describeCaught } from './caught.ts';

describeCaught('dossiers');
