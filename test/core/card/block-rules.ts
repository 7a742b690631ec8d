import type { KnownBlock } from '@slack/types'
import type { Modal } from '../../../src/core/card/card.ts'

type Node = Readonly<Record<string, unknown>>

/** Slack's limits in characters, by the place of a text: documented for Block Kit and for views. */
const textLimits: Readonly<Record<string, number>> = {
  'header.text': 150,
  'section.text': 3000,
  'context.elements': 3000,
  'button.text': 75,
  'input.label': 2000,
  'input.hint': 2000,
  placeholder: 150,
  'option.text': 75,
  'modal.title': 24,
  'modal.submit': 24,
  'modal.close': 24,
}

const fieldLimits: Readonly<Record<string, number>> = {
  block_id: 255,
  action_id: 255,
  value: 2000,
  url: 3000,
  accessibility_label: 75,
  private_metadata: 3000,
  callback_id: 255,
  initial_value: 3000,
}

const sizeLimits: Readonly<Record<string, number>> = {
  'context.elements': 10,
  'actions.elements': 25,
  'static_select.options': 100,
}

/** What Slack would refuse about the blocks of a message; empty when nothing. */
export function messageProblems(blocks: readonly KnownBlock[]): readonly string[] {
  return [
    ...(blocks.length > 50 || blocks.length === 0 ? [`${blocks.length} blocks`] : []),
    ...uniqueness(blocks),
    ...blocks.flatMap((block) => problemsOf({ ...block }, block.type)),
    ...blocks.filter((block) => block.type === 'input').map(() => 'an input in a message'),
  ]
}

/** What Slack would refuse about a window; empty when nothing. */
export function modalProblems(modal: Modal): readonly string[] {
  const asks = modal.blocks.some((block) => block.type === 'input')
  return [
    ...(modal.blocks.length > 100 || modal.blocks.length === 0 ? [`${modal.blocks.length} blocks`] : []),
    ...(asks && modal.submit === undefined ? ['inputs without submit'] : []),
    ...uniqueness(modal.blocks),
    ...problemsOf({ ...modal, blocks: undefined }, 'modal'),
    ...modal.blocks.flatMap((block) => problemsOf({ ...block }, block.type)),
  ]
}

function uniqueness(blocks: readonly KnownBlock[]): readonly string[] {
  const ids = blocks.flatMap((block) => (block.block_id === undefined ? [] : [block.block_id]))
  return new Set(ids).size === ids.length ? [] : ['a block_id twice']
}

function problemsOf(node: Node, kind: string): readonly string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const place = key === 'placeholder' ? key : `${kind}.${key}`
    if (typeof value === 'string') return tooLong(`${kind}.${key}`, value, fieldLimits[key])
    if (Array.isArray(value))
      return [...tooMany(place, value), ...value.flatMap((one: unknown) => inside(one, place))]
    return inside(value, place)
  })
}

function inside(value: unknown, place: string): readonly string[] {
  if (!isNode(value)) return []
  const type = typeof value['type'] === 'string' ? value['type'] : 'option'
  if (type === 'plain_text' || type === 'mrkdwn') return textProblems(value, place)
  return problemsOf(value, type)
}

function textProblems(node: Node, place: string): readonly string[] {
  const text = String(node['text'])
  const limit = textLimits[place]
  if (limit === undefined) return [`no limit is known for ${place}`]
  return [...(text === '' ? [`${place} is empty`] : []), ...tooLong(place, text, limit)]
}

function tooLong(place: string, text: string, limit: number | undefined): readonly string[] {
  return limit !== undefined && text.length > limit ? [`${place} has ${text.length} characters`] : []
}

function tooMany(place: string, list: readonly unknown[]): readonly string[] {
  const limit = sizeLimits[place]
  return list.length === 0 || (limit !== undefined && list.length > limit)
    ? [`${place} has ${list.length}`]
    : []
}

/** Every text of the blocks, by how Slack reads it. */
export function textsOf(blocks: readonly KnownBlock[]): {
  readonly mrkdwn: readonly string[]
  readonly plain: readonly string[]
} {
  const mrkdwn: string[] = []
  const plain: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    if (!isNode(value) || Array.isArray(value)) return
    if (value['type'] === 'mrkdwn') mrkdwn.push(String(value['text']))
    if (value['type'] === 'plain_text') plain.push(String(value['text']))
    Object.values(value).forEach(walk)
  }
  walk(blocks)
  return { mrkdwn, plain }
}

/** The ids of all buttons of a message, in order. */
export function buttonsOf(blocks: readonly KnownBlock[]): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((element) => (element.type === 'button' ? [element.action_id ?? ''] : []))
      : [],
  )
}

/** All that is read in a card, in order, for tests that look for words. */
export function readIn(blocks: readonly KnownBlock[]): string {
  const { mrkdwn, plain } = textsOf(blocks)
  return [...mrkdwn, ...plain].join('\n')
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}
