import { describe, expect, it } from 'vitest'
import { missingIn, valuesOf } from '../../../src/sandbox/page/form.js'
import { everyBlock, passForm } from './fake-blocks.ts'

const { blocks } = passForm({})

describe('the values of a form', () => {
  it('have the shape of view.state.values, with what the app preset', () => {
    const option = { value: '1h', text: { type: 'plain_text', text: '1 hour' } }
    expect(valuesOf(blocks, {})).toEqual({
      subject: { user: { type: 'users_select', selected_user: null } },
      duration: { choice: { type: 'static_select', selected_option: option } },
      category: { choice: { type: 'radio_buttons', selected_option: null } },
      checks: { list: { type: 'checkboxes', selected_options: [] } },
      day: { date: { type: 'datepicker', selected_date: null } },
      reason: { text: { type: 'plain_text_input', value: null } },
    })
  })

  it('carry what people changed, and nothing of elements that are gone', () => {
    const reason = { text: { type: 'plain_text_input', value: 'lost phone' } }
    const values = valuesOf(blocks, { reason, gone: { text: { type: 'plain_text_input', value: 'x' } } })
    expect(values['reason']).toEqual(reason)
    expect(values).not.toHaveProperty('gone')
  })

  it('hold nothing for buttons', () => {
    expect(valuesOf(everyBlock(0), {})).toEqual({
      care: { more: { type: 'static_select', selected_option: null } },
    })
  })
})

describe('before a form is submitted', () => {
  it('every required field must be filled in', () => {
    expect(Object.keys(missingIn(blocks, valuesOf(blocks, {})))).toEqual(['subject', 'category', 'reason'])
  })

  it('a filled-in form lacks nothing', () => {
    const values = valuesOf(blocks, {
      subject: { user: { type: 'users_select', selected_user: 'U0DANA' } },
      category: { choice: { type: 'radio_buttons', selected_option: { value: 'lost' } } },
      reason: { text: { type: 'plain_text_input', value: 'lost phone' } },
    })
    expect(missingIn(blocks, values)).toEqual({})
  })
})
