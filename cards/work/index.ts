import * as minutes from './minutes.ts'
import * as minutesAsked from './minutes-asked.ts'
import * as minutesList from './minutes-list.ts'

export const workCards = [minutes, minutesAsked, minutesList]
