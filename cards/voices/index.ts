import * as analysis from './analysis.ts'
import * as harvest from './harvest.ts'
import * as inbox from './inbox.ts'
import * as suggest from './suggest.ts'
import * as voiceAnswered from './voice-answered.ts'
import * as worries from './worries.ts'

export const voicesCards = [analysis, harvest, inbox, suggest, voiceAnswered, worries]
