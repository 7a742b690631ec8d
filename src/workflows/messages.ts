import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { AnyStatement, Envelope, StatementOf } from '../core/envelope/statement.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { Case } from '../core/fraud/state.ts'
import type { CaseStatementOf } from '../core/fraud/statement.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Result } from '../core/result.ts'

/** What starts an exception: the signed request, and nothing that it would have to be believed. */
export type ExceptionStart = { readonly request: Envelope<StatementOf<'request'>> }

type Report = Envelope<CaseStatementOf<'report'>>

/** What starts a case: the signed report, and those that came as well while the case before was being closed. */
export type CaseStart = { readonly report: Report; readonly more?: readonly Report[] }

/** What a person is told about their own word: it counts, or why not. */
export type Reply = Result<'heard', Refusal>

/** What the requester is told: who was asked (names) and until when (epoch milliseconds), or why it was refused. */
export type AdmissionReply = Result<{ readonly asked: string; readonly until: number }, Refusal>

/** Somebody says something about the exception, the follow-up or the case. An update, because the person waits for the answer. */
export const say = defineUpdate<Reply, [Envelope<AnyStatement>]>('say')

/** The same without an answer: for what ends something when updates can't be taken, and for reports of fraud. */
export const stop = defineSignal<[Envelope<AnyStatement>]>('stop')

/** How a case stands now, for whoever can't read its card: what people are told, and the ledger with it, may be waiting for Slack. */
export const caseNow = defineQuery<Case | undefined>('case')

/** The requester waits for the result of admission. */
export const admission = defineUpdate<AdmissionReply>('admission')

/** Another exception of the same person ended: the follow-up goes on for both. */
export const join = defineSignal<[FollowUpStart]>('join')
