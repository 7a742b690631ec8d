import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow'

const { admit } = proxyActivities<{ admit(): Promise<void> }>({ startToCloseTimeout: '1 minute' })
const decide = defineUpdate<string, [string]>('decide')

async function later(verdict: string): Promise<void> {
  if (verdict === '') throw new Error('empty')
}

export async function life(): Promise<void> {
  setHandler(decide, (verdict) => verdict, {
    validator: later, // refused: no-misused-promises
  })
  setHandler(decide, (verdict) => verdict, {
    validator: (verdict) => {
      if (verdict === '') throw new Error('empty')
    },
  })
  admit() // refused: no-floating-promises
  condition(() => false) // refused: no-floating-promises
  await admit()
  await condition(() => true)
}
