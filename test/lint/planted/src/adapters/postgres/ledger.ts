import { createHash } from 'node:crypto'
import { Pool } from 'pg'
import { WebClient } from '@slack/web-api'
import { toPayload } from '@temporalio/common'
import { parse } from 'yaml'
import { Fault } from '../../core/fault.ts'
import { rows } from './absent.schema.ts'
import { App } from '@slack/bolt' // refused: no-restricted-imports
import { proxyActivities } from '@temporalio/workflow' // refused: no-restricted-imports
import { Context } from '@temporalio/activity' // refused: no-restricted-imports
import { Client } from '@temporalio/client'
import { Worker } from '@temporalio/worker' // refused: no-restricted-imports
import { life } from '../../workflows/absent.ts' // refused: no-restricted-imports
import { admit } from '../../activities/absent.ts' // refused: no-restricted-imports
import { click } from '../../bot/actions/absent.ts' // refused: no-restricted-imports
import { check } from '../../verify/absent.ts' // refused: no-restricted-imports
import { page } from '../../sandbox/absent.ts' // refused: no-restricted-imports
import { start } from '../../main.ts' // refused: no-restricted-imports
import { run } from '../../cli.ts' // refused: no-restricted-imports
