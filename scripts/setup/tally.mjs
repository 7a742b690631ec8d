/**
 * The tests that passed and failed according to vitest's JSON report. A run that failed counts as one
 * failure at least: a file that does not even load, or a report that was never written, has no test to count.
 */
export function countTests(exitCode, report) {
  const passed = report?.numPassedTests ?? 0
  const failed = report?.numFailedTests ?? 0
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) }
}
