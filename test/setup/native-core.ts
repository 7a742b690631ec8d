import { DefaultLogger, Runtime } from '@temporalio/worker'

// The native core of Temporal's SDK is one for a process, which test files share: tests take its parts from here, after
// it is set up. Retries that they provoke are nothing to read about.
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })

export { NativeConnection, Worker } from '@temporalio/worker'
