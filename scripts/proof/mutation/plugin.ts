import { declareClassPlugin, declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { createLedgerReporter } from './reporter.ts';
import { ConformanceRunner } from './runner.ts';

/** What Stryker gets from here. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'conformance', ConformanceRunner),
  declareFactoryPlugin(PluginKind.Reporter, 'ledger', createLedgerReporter),
];
