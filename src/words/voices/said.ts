import { spokenDay } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'

/** The line of somebody who has voices to answer. */
export const voicesSaid = ({ voices, first }: { voices: number; first: string }): Text =>
  t(`**反映等你答复** ${voices} 条，最早${spokenDay(first).zh}前答复`, `**To answer**: ${voices}, the first by ${spokenDay(first).en}`)
