import type { StateOf } from '../exception/state.ts'
import {
  approveFormText,
  approvalText,
  buttonLabels,
  checkLabels,
  denyFormText,
  revokeFormText,
  whyLine,
} from '../text/en.ts'
import { joined } from '../text/markup.ts'
import { context, plainSection, section } from './blocks.ts'
import type { Modal } from './card.ts'
import { approveFields, reasonFields } from './form-fields.ts'
import { choice, option, words } from './inputs.ts'
import { formModal } from './modal.ts'
import { longestReason } from './request-form.ts'
import { idOf } from './story.ts'

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
  return formModal('approve', buttonLabels.approve, request.exceptionId, [
    section(approveFormText.summary(state)),
    plainSection(whyLine(request)),
    choice(question, checks),
    context(joined(' ', approvalText.noCodeYet(request), idOf(state))),
  ])
}

/** The form for a denial: a reason is needed, and the requester reads it. */
export function denyForm(state: StateOf<'waiting'>): Modal {
  const { request } = state
  return formModal('deny', buttonLabels.deny, request.exceptionId, [
    section(denyFormText.summary(state)),
    words(
      { field: reasonFields.reason, ...denyFormText.reason },
      { longest: longestReason, lines: 'several' },
    ),
    context(idOf(state)),
  ])
}

/** The form for ending a pass. It says what ending can't undo, because a use may be seen only later. */
export function revokeForm(state: StateOf<'waiting' | 'approved' | 'active'>): Modal {
  const { request } = state
  return formModal('revoke', buttonLabels.revoke, request.exceptionId, [
    section(joined(' ', revokeFormText.summary(request), sessions(state))),
    words(
      { field: reasonFields.reason, ...revokeFormText.reason },
      { longest: longestReason, lines: 'several' },
    ),
    context(idOf(state)),
  ])
}

function sessions(
  state: StateOf<'waiting' | 'approved' | 'active'>,
): ReturnType<typeof revokeFormText.noCodeYet> {
  if (state.status !== 'active') return revokeFormText.noCodeYet()
  return state.plan.revokeSessions ? revokeFormText.sessionEnds(state.request) : revokeFormText.sessionStays()
}
