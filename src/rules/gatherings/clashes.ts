import type { GatheringKind } from './gatherings.ts'

/** Another meeting at the same time. */
export interface Clash {
  id: string
  kind: GatheringKind
  branchName: string
  startsAt: Date
  endsAt: Date
  place: string
  isSamePlace: boolean
  /** The people who are expected at both. */
  shared: number
}

/** A meeting on a screen takes no room. */
export const takesRoom = (place: string): boolean =>
  place !== '' && !/线上|视频|网络|腾讯会议|飞书|钉钉|电话|zoom|teams|online|待定|https?:/iu.test(place)
