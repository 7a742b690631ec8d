import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api'
import { Fault } from '../../core/fault.ts'
import type { FaultCode } from '../../core/fault.ts'

/** Errors of the Web API that stay until somebody mends something. */
const refused: ReadonlySet<string> = new Set([
  'account_inactive',
  'as_user_not_supported',
  'cannot_dm_bot',
  'cant_delete_message',
  'cant_update_message',
  'channel_not_found',
  'compliance_exports_prevent_deletion',
  'edit_window_closed',
  'ekm_access_denied',
  'invalid_arguments',
  'invalid_auth',
  'invalid_blocks',
  'invalid_blocks_format',
  'is_archived',
  'messages_tab_disabled',
  'missing_scope',
  'msg_too_long',
  'no_permission',
  'no_text',
  'not_allowed_token_type',
  'not_authed',
  'not_in_channel',
  'org_login_required',
  'restricted_action',
  'team_access_not_granted',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
  'user_not_found',
  'users_not_found',
  'view_too_large',
])

const missing: ReadonlySet<string> = new Set(['message_not_found', 'not_found', 'view_not_found'])

/**
 * An error of Slack's client as a Fault. Of all that it carries only Slack's error code and the status get through:
 * the rest may quote what was sent.
 */
export function slackFault(error: unknown): Fault {
  if (error instanceof WebAPIRateLimitedError) return new Fault('slack', 'throttled', '429', error.retryAfter)
  if (error instanceof WebAPIHTTPError) return new Fault('slack', 'unavailable', String(error.statusCode))
  if (error instanceof WebAPIRequestError) return new Fault('slack', 'unavailable', 'network')
  if (error instanceof WebAPIPlatformError) return platformFault(error.data.error)
  return new Fault('slack', 'unavailable', 'no-answer')
}

function platformFault(said: unknown): Fault {
  // An answer that is no JSON comes here as the text of an error.
  if (typeof said !== 'string' || !/^[a-z]+(_[a-z]+)*$/.test(said) || said.length > 40) {
    return new Fault('slack', 'nonsense', 'unreadable')
  }
  return new Fault('slack', codeOf(said), said)
}

function codeOf(said: string): FaultCode {
  if (said === 'ratelimited' || said === 'rate_limited') return 'throttled'
  if (missing.has(said)) return 'missing'
  return refused.has(said) ? 'refused' : 'unavailable'
}
