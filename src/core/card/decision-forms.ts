import type { StateOf } from '../exception/state.ts'
import { isPractice } from '../kinds.ts'
import {
  approveFormText,
  approvalText,
  checkLabels,
  denyFormText,
  revokeFormText,
  whyLine,
} from '../text/en.ts'
import { joined, type Markup } from '../text/markup.ts'
import { context, plainSection, section } from './blocks.ts'
import type { Modal } from './card.ts'
import { approveFields, reasonFields } from './form-fields.ts'
import { choice, option, words } from './inputs.ts'
import { formModal } from './modal.ts'
import { longestReason } from '../policy/check-request.ts'
import { idsOf } from './story.ts'

/** The one step between *Approve* and the approval: how the approver made sure, with nothing chosen beforehand. */
export function approveForm(state: StateOf<'waiting'>): Modal {
  const { request } = state
  const checks = Object.entries(checkLabels).map(([check, label]) => option(label, check))
  const question = {
    field: approveFields.checked,
    label: approveFormText.checked(request.subjectName),
    placeholder: approveFormText.checkedPlaceholder,
    hint: approveFormText.checkedHint,
  }
  return formModal('approve', request.kind, request.exceptionId, [
    section(approvalText.offer(state)),
    plainSection(whyLine(request)),
    choice(question, checks),
    context(joined(' ', approvalText.notYet(state), idsOf(state))),
  ])
}

/** The form for a denial: a reason is needed, and the requester reads it. */
export function denyForm(state: StateOf<'waiting'>): Modal {
  const { request } = state
  return formModal('deny', request.kind, request.exceptionId, [
    section(denyFormText.summary(state)),
    words(
      { field: reasonFields.reason, ...denyFormText.reason },
      { longest: longestReason, lines: 'several' },
    ),
    context(idsOf(state)),
  ])
}

/** The form for ending a pass. It says what ending can't undo, because a use may be seen only later. */
export function revokeForm(state: StateOf<'waiting' | 'approved' | 'active'>): Modal {
  const { request } = state
  return formModal('revoke', request.kind, request.exceptionId, [
    section(joined(' ', revokeFormText.summary(state), sessions(state))),
    words(
      { field: reasonFields.reason, ...revokeFormText.reason },
      { longest: longestReason, lines: 'several' },
    ),
    context(idsOf(state)),
  ])
}

function sessions(state: StateOf<'waiting' | 'approved' | 'active'>): Markup | undefined {
  if (isPractice(state.request.kind)) return undefined
  if (state.status !== 'active') return revokeFormText.nothingOut(state.request)
  return state.plan.revokeSessions ? revokeFormText.sessionEnds(state.request) : revokeFormText.sessionStays()
}
