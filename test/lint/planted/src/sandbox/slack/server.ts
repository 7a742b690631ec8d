import { createServer } from 'node:http'
import { Pool } from 'pg'
import { z } from 'zod'
import { Client } from '@temporalio/client'
import type { WebClient } from '@slack/web-api'
import { yes } from '../../core/result.ts'
import { page } from '../page.ts'
import { App } from '@slack/bolt' // refused: no-restricted-imports
import { LogLevel } from '@slack/web-api' // refused: no-restricted-imports
import { log } from '@temporalio/workflow' // refused: no-restricted-imports
import { Context } from '@temporalio/activity' // refused: no-restricted-imports
import { Worker } from '@temporalio/worker' // refused: no-restricted-imports
import type { life } from '../../workflows/absent.ts' // refused: no-restricted-imports
import type { admit } from '../../activities/absent.ts' // refused: no-restricted-imports
import type { ledger } from '../../adapters/postgres/absent.ts' // refused: no-restricted-imports
import type { click } from '../../bot/actions/absent.ts' // refused: no-restricted-imports
import type { check } from '../../verify/absent.ts' // refused: no-restricted-imports
import type { start } from '../../main.ts' // refused: no-restricted-imports
import type { run } from '../../cli.ts' // refused: no-restricted-imports
import type { config } from '../../settings/config.schema.ts' // refused: no-restricted-imports
