import { type Text, t } from './text.ts'

/** How code says no: one sentence, what is so and what to do next. `src/bot.ts` catches it and shows it; nobody else does. */
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
