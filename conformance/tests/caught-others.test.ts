import { describeCaught } from './caught.ts';

describeCaught('others');
