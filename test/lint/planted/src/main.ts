import { words } from './core/text/en.ts'
import { Client } from '@temporalio/client'
import { ledger } from './adapters/postgres/absent.ts'
import { click } from './bot/actions/absent.ts'
import { page } from './sandbox/absent.ts' // refused: no-restricted-imports
import { sentence } from './core/text/en/absent.ts' // refused: no-restricted-imports
export const later = (): Promise<unknown> => import('./sandbox/absent.ts') // refused: no-restricted-imports
