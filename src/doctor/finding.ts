/** How something is: `unchecked` is what nobody can see from here, and what could not be looked at. */
type State = 'ok' | 'warning' | 'wrong' | 'unchecked'

/** What a check found, in a sentence, and how to mend it or see it by hand. */
export type Finding = { readonly state: State; readonly says: string; readonly fix?: string }

/** As it must be. */
export function ok(says: string): Finding {
  return { state: 'ok', says }
}

/** It works, and should be otherwise. */
export function warning(says: string, fix: string): Finding {
  return { state: 'warning', says, fix }
}

/** It does not work, or must not be so. */
export function wrong(says: string, fix: string): Finding {
  return { state: 'wrong', says, fix }
}

/** Not known from here; the fix says how to see it. */
export function unchecked(says: string, fix: string): Finding {
  return { state: 'unchecked', says, fix }
}
