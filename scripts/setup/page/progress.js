const list = document.getElementById('steps')
const words = { waiting: 'waiting', running: 'at work', done: 'done', failed: 'failed' }
let shown = ''

async function look() {
  const answer = await fetch('/api/progress', { cache: 'no-store' }).catch(() => undefined)
  // Between the set-up and the sandbox nobody answers for a moment.
  if (!answer?.ok) return
  // The sandbox has taken over the port: its own page is there now.
  if (!answer.headers.has('x-hallpass-setup')) return location.reload()
  const text = await answer.text()
  if (text === shown) return
  shown = text
  list.replaceChildren(...JSON.parse(text).steps.map(item))
}

function item(step) {
  const name = document.createElement('strong')
  name.textContent = step.name
  const state = document.createElement('em')
  state.textContent = words[step.state]
  const detail = document.createElement('span')
  detail.textContent = step.detail
  const li = document.createElement('li')
  li.dataset.state = step.state
  li.append(name, state, detail)
  return li
}

setInterval(() => void look(), 500)
void look()
