import { type Text, t } from './text.ts'

/** Code says no with this: one sentence on how things are and what to do next. `src/bot.ts` catches it and shows it. */
export class Refusal extends Error {
  readonly says: Text

  constructor(says: Text) {
    super(says.en)
    this.name = 'Refusal'
    this.says = says
  }
}

export function refuse(zh: string, en: string): never {
  throw new Refusal(t(zh, en))
}
