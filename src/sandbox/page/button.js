import { Confirmation } from './dialog.js'
import { plainText } from './emoji.js'
import { html } from './html.js'
import { isSafeUrl } from './mrkdwn.js'
import { SurfaceContext } from './surface.js'
import { useContext, useState } from './vendor/hooks.js'

/**
 * A button of Block Kit. One with an address opens it in a new tab and still tells the app, as in Slack.
 * @param {{ element: import('@slack/types').Button, blockId: string }} props
 */
export function Button({ element, blockId }) {
  const { act } = useContext(SurfaceContext)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const press = async () => {
    setAsking(false)
    if (busy) return
    setBusy(true)
    await act(blockId, element.action_id ?? '')
    setBusy(false)
  }
  const look = {
    class: `button ${element.style ? `is-${element.style}` : ''}`,
    'aria-label': element.accessibility_label,
    children: plainText(element.text),
  }
  if (element.url && isSafeUrl(element.url))
    return html`<a
      href=${element.url}
      target="_blank"
      rel="noopener noreferrer"
      onClick=${() => void press()}
      ...${look}
    />`
  const begin = () => (element.confirm ? setAsking(true) : void press())
  return html`<button type="button" aria-busy=${busy} onClick=${begin} ...${look} />
    ${asking && html`<${Confirmation} confirm=${element.confirm} onYes=${() => void press()} onNo=${() => setAsking(false)} />`}`
}
