import type { StateOf } from '../exception/state.ts'
import { providers } from '../kinds.ts'
import { extendFormText } from '../text/en.ts'
import { context, section } from './blocks.ts'
import type { Modal } from './card.ts'
import { formModal } from './modal.ts'
import { complaint, durationChoice, reasonInput, type RequestFormState } from './request-form.ts'
import { idOf } from './story.ts'

/** What is known of the wish for more time; the person and the way in are the exception's. */
export type ExtendFormState = Pick<
  RequestFormState,
  'draft' | 'problems' | 'refused' | 'terms' | 'longestByRule' | 'longerThan' | 'reasonAtLeast'
>

/** The form that asks for more time for what is out. */
export function extendForm(state: StateOf<'active'>, form: ExtendFormState): Modal {
  const { kind, exceptionId, provider } = state.request
  const { extend: how } = providers[provider]
  const { problems, refused } = form
  return formModal('extend', kind, exceptionId, [
    ...(refused === undefined ? [] : [section(refused)]),
    section(extendFormText.summary(state, how)),
    durationChoice({ ...form, kind }, (longest) => extendFormText.durationHint(longest, how)),
    ...complaint(problems.duration),
    reasonInput(form, extendFormText.reason),
    ...complaint(problems.reason),
    context(idOf(state)),
  ])
}
