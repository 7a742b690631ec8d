import { factSentences, type FactType, type FactWith } from './en/facts.ts'

/** What happened, as one sentence for timelines and the record. Plain text: whoever shows it escapes it. */
export function factSentence<Type extends FactType>(fact: FactWith<Type>): string {
  return factSentences[fact.type](fact)
}
