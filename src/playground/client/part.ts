import type { OwnColours } from './colours.ts'

/** Any object in a card, with the fields that are drawn. The server has checked it before. */
export interface Part extends Texts, Flags {
  alt?: Part
  behaviors?: Part[]
  body?: Part
  border?: Part
  button_area?: { buttons?: Part[]; pc_display_rule?: string }
  chart_spec?: ChartSpec
  /** An older library, which is not here to draw: the figures stand for the chart. */
  drawn_by?: string
  checked_style?: { show_strikethrough?: boolean; opacity?: number }
  columns?: Part[]
  config?: Config
  confirm?: Part
  disabled_tips?: Part
  elements?: Part[]
  fields?: Part[]
  format?: { precision?: number; symbol?: string; separator?: boolean }
  header?: Part
  header_style?: Part
  hover_tips?: Part
  i18n_content?: Record<string, string>
  i18n_default_value?: Record<string, string>
  i18n_text_tag_list?: Record<string, Part[]>
  icon?: Part
  img_list?: Part[]
  label?: Part
  multi_url?: { url?: string; pc_url?: string }
  options?: Part[]
  persons?: { id: string }[]
  placeholder?: Part
  rows?: number | Record<string, unknown>[]
  selected_values?: string[]
  subtitle?: Part
  text?: Part
  text_tag_list?: Part[]
  title?: Part
  ud_icon?: Part
  icon_expanded_angle?: number
  initial_index?: number
  lines?: number
  max_length?: number
  page_size?: number
  weight?: number
}

type Texts = { [Name in TextName]?: string }
type Flags = { [Name in FlagName]?: boolean }

type Words<Spaced extends string> = Spaced extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Spaced
type TextName =
  | Words<'tag content name type size width height margin padding direction template color token img_key flex_mode'>
  | Words<'background_style background_color border_color corner_radius horizontal_align vertical_align horizontal_spacing'>
  | Words<'vertical_spacing text_size text_align text_color value default_value default_url pc_url initial_option initial_date'>
  | Words<'initial_time initial_datetime input_type label_position form_action_type action_type user_id style layout aspect_ratio'>
  | Words<'combination_mode display_name data_type date_format row_height icon_position url time_position time_display fill_color'>
type FlagName =
  | Words<'disabled required expanded checked multi_select is_short show_name show_avatar show_time show_progress_bar has_border'>
  | Words<'bold freeze_first_column overall_checkable'>

export interface ChartSpec {
  type?: string
  title?: { text?: string }
  data?: DataSet | DataSet[]
}
interface DataSet {
  values?: unknown
}
interface Config {
  width_mode?: string
  style?: { color?: OwnColours; text_size?: Sizes }
}
export type Sizes = Record<string, { default?: string; pc?: string; mobile?: string }>
