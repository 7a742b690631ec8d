import { DefaultLogger, Runtime } from '@temporalio/worker'

// The native core of Temporal's SDK is one for a process, which test files share: whoever needs it imports this first.
// Retries that the tests provoke are nothing to read about.
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
