import {
  closeFields,
  madeSafe,
  reasonFields,
  reportFields,
  type Field,
} from '../../src/core/card/form-fields.ts'
import type { CaseFact } from '../../src/core/fraud/fact.ts'
import type { Case } from '../../src/core/fraud/state.ts'
import type { CaseId } from '../../src/core/ids.ts'
import { eventually, type Installation } from '../setup/installation.ts'
import type { Hands } from './hands.ts'

/** A case as the ledger shows it. */
type CaseRow = { readonly id: CaseId; readonly shown: string; readonly state: Case }

/** What tests of cases look at: the ledger, and the directory. */
export type CaseDesk = ReturnType<typeof caseDeskOf>

/** Reads what became of reports in an installation. */
export function caseDeskOf({ entra }: Installation, hands: Hands) {
  const userOf = (name: string) => {
    const found = entra.controls.view().users.find((user) => user.name === name)
    if (found === undefined) throw new Error(`${name} is not in the directory.`)
    return found
  }
  /** The cases about a person, the newest first. */
  const casesAbout = async (name: string): Promise<readonly CaseRow[]> => {
    const sql = `select case_id as id, state,
        'FRD-' || substr(letters, 1, 4) || '-' || substr(letters, 5) as shown
      from case_view where subject = $1 order by reported_at desc`
    return hands.rows<CaseRow>(sql, [`entra:${userOf(name).id}`])
  }
  /** The case about a person, once it is as somebody waits for it. */
  const caseThat = (name: string, is: (state: Case) => boolean): Promise<CaseRow> =>
    eventually(async () => {
      const [found] = await casesAbout(name)
      if (found === undefined || !is(found.state))
        throw new Error(`The case about ${name} is not so: ${JSON.stringify(found?.state)}`)
      return found
    })
  return {
    casesAbout,
    caseThat,
    isEnabled: (name: string): boolean => userOf(name).enabled,
    personOf: (name: string): string => `entra:${userOf(name).id}`,
    /** The facts of a case, oldest first; without personal details. */
    async factsOf(id: CaseId): Promise<readonly CaseFact[]> {
      const found = await hands.rows<{ bytes: Buffer }>(
        'select bytes from fact where chain = $1 order by seq',
        [`case/${id}`],
      )
      return found.map(({ bytes }) => {
        const { fact } = JSON.parse(bytes.subarray(1).toString('utf8')) as { fact: CaseFact }
        return fact
      })
    },
    /** How many cases there are at all. */
    count: async (): Promise<number> => (await hands.rows('select from case_view', [])).length,
    /** Everything that has its effect by itself has had it. */
    settled: (name: string): Promise<CaseRow> =>
      caseThat(
        name,
        ({ steps, around }) =>
          around !== undefined && Object.values(steps).every(({ result }) => result !== undefined),
      ),
  }
}

/** The values of the report form. */
export function report(what: string, subject?: string, words?: string): object {
  return {
    ...at(reportFields.what, { selected_option: { value: what } }),
    ...(subject !== undefined && at(reportFields.subject, { selected_user: subject })),
    ...(words !== undefined && at(reportFields.words, { value: words })),
  }
}

/** The values of the form that closes a case. */
export function closing(
  outcome: string,
  reason: string,
  safe: readonly string[] = Object.values(madeSafe),
): object {
  return {
    ...at(closeFields.outcome, { selected_option: { value: outcome } }),
    ...at(closeFields.madeSafe, { selected_options: safe.map((value) => ({ value })) }),
    ...at(reasonFields.reason, { value: reason }),
  }
}

function at({ block, action }: Field, value: object): object {
  return { [block]: { [action]: value } }
}
