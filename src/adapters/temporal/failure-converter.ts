import { DefaultFailureConverter, type ProtoFailure } from '@temporalio/common'

/**
 * Failures in the history say what went wrong in closed words, and nothing else: a stack trace is no use to the person
 * who reads the history, and may carry what must not rest.
 */
class QuietFailureConverter extends DefaultFailureConverter {
  override errorToFailure(...error: Parameters<DefaultFailureConverter['errorToFailure']>): ProtoFailure {
    return quiet(super.errorToFailure(...error))
  }
}

function quiet(failure: ProtoFailure): ProtoFailure {
  return { ...failure, stackTrace: '', ...(failure.cause ? { cause: quiet(failure.cause) } : {}) }
}

/** Temporal looks for this name. */
export const failureConverter = new QuietFailureConverter()
