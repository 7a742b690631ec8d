import { describe, expect, it } from 'vitest'
import {
  exceptionWorkflowId,
  followUpWorkflowId,
  queuesBeside,
  searchAttribute,
  taskQueues,
  workflowType,
} from '../../src/core/names.ts'

describe('names that histories hold', () => {
  it('stay as they are', () => {
    expect({ workflowType, searchAttribute }).toEqual({
      workflowType: { exception: 'exception', followUp: 'followUp', fraud: 'fraud' },
      searchAttribute: 'HallpassId',
    })
    expect(taskQueues('production')).toEqual({
      main: 'hallpass',
      provider: 'hallpass-provider',
      watch: 'hallpass-watch',
    })
  })

  it('a person has one exception of a kind and one follow-up at a time', () => {
    expect(exceptionWorkflowId('tap', 'entra:dana')).toBe('tap/entra:dana')
    expect(followUpWorkflowId('entra:dana')).toBe('follow-up/entra:dana')
  })

  it('a worker of any main queue finds the queues beside it', () => {
    const queues = taskQueues('sandbox')
    expect(queuesBeside(queues.main)).toEqual(queues)
  })

  it('no queue of the sandbox is one of production', () => {
    const production = Object.values(taskQueues('production'))
    for (const queue of Object.values(taskQueues('sandbox'))) expect(production).not.toContain(queue)
  })
})
