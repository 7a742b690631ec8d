/** Where the focus was last in what a view lies over. */
let place = /** @type {Element | undefined} */ (undefined)

document.addEventListener('focusin', ({ target }) => {
  if (target instanceof Element && target.closest('.pane, .rail')) place = target
})

/**
 * Puts the focus on an element that can have it.
 * @param {Element | null | undefined} element
 */
export function focus(element) {
  if (element instanceof HTMLElement) element.focus()
}

/**
 * Puts the focus back to where it was before views opened, or into the composer when that is gone. It stays where it is
 * when a view is still open or somebody works beside the workspace.
 */
export function focusBack() {
  if (document.activeElement?.closest('.modal, .side')) return
  focus(place?.isConnected ? place : document.querySelector('.composer textarea'))
}
