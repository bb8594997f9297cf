import type { waitingForVote } from '../../db/ballots/state.ts'
import { button, type Element, lines } from '../card.ts'
import { spokenMoment } from '../spoken.ts'
import { both, clipped, type Text, t } from '../text.ts'
import { ballotTitle, shortTitle } from './ballots.ts'

export type Waiting = Awaited<ReturnType<typeof waitingForVote>>[number]
export type Running = Pick<Waiting, 'id' | 'title' | 'use' | 'closesAt'>

/** Lists the votes that wait for somebody, each with the button that opens its card. */
export const toVote = (waiting: readonly Waiting[], most: number, vote: (ballot: string) => object): Element[] =>
  waiting
    .slice(0, most)
    .flatMap((one) => [lines(ballotSaid(one)), button(ballotNamed(t('去投：', 'Vote: '), one), vote(one.id), { type: 'primary' })])

export const ballotNamed = (what: Text, of: Running): Text => both((l) => `${what[l]}${clipped(shortTitle(of)[l], 20)}`)

export const ballotSaid = (one: Running): Text =>
  both((l) => `${ballotTitle(one)[l]}　${{ zh: '截止', en: 'closes' }[l]} ${spokenMoment(one.closesAt)[l]}`)
