/**
 * The properties of a card of JSON 2.0, a word each; `property:shape` names the shape of its objects.
 * The object's `tag` chooses the shape `element`. A property without a shape is not checked further.
 */
const size = 'element_id margin fallback'
const control = `${size} name required disabled disabled_tips:element width behaviors:behaviour confirm:confirm placeholder:element`
const layout = 'direction horizontal_spacing vertical_spacing horizontal_align vertical_align padding'
const spoken = 'content i18n_content'
const text = `element_id ${spoken} text_size text_color text_align`
const icon = 'token color img_key i18n_img_key size'
const links = 'url pc_url ios_url android_url'
const chooser = `${control} options:option`

const shapes: Record<string, string> = {
  card: 'schema config:config card_link:link header:header body:body',
  config:
    'streaming_mode streaming_config summary:summary locales enable_forward update_multi width_mode use_custom_translation enable_forward_interaction style',
  summary: spoken,
  link: links,
  header: 'title:element subtitle:element text_tag_list:element i18n_text_tag_list template icon:element padding',
  body: `${layout} elements:element`,
  behaviour: 'type value default_url pc_url ios_url android_url',
  confirm: 'title:element text:element',
  option: 'text:element value icon:element multi_url:link img_key disabled disabled_tips:element hover_tips:element',
  panelHeader: `title:element background_color vertical_align padding width icon:element icon_position icon_expanded_angle`,
  panelBorder: 'color corner_radius',
  field: 'is_short text:element',
  listed: 'id',
  image: 'img_key',
  action: 'multi_url:link',
  buttonArea: 'pc_display_rule buttons:element',
  tableColumn: 'name display_name width vertical_align horizontal_align data_type format date_format',
}

const elements: Record<string, string> = {
  plain_text: `${text} lines`,
  lark_md: `${text} lines`,
  standard_icon: icon,
  custom_icon: icon,
  text_tag: 'element_id text:element color',
  fallback_text: 'text:element',
  div: `${size} width text:element icon:element fields:field`,
  markdown: `${size} ${spoken} text_align text_size icon:element`,
  img: `${size} img_key i18n_img_key alt:element title:element corner_radius scale_type size transparent preview mode custom_width compact_width`,
  img_combination: `${size} combination_mode combination_transparent corner_radius img_list:image img_list_length`,
  person: `${size} user_id size show_avatar show_name style`,
  person_list: `${size} persons:listed drop_invalid_user_id lines show_name show_avatar size icon:element ud_icon`,
  hr: size,
  chart: `${size} aspect_ratio color_theme chart_spec preview height`,
  table: `${size} page_size row_height row_max_height freeze_first_column header_style columns:tableColumn rows`,
  audio: `${size} file_key i18n_file_key audio_id disabled disabled_tips:element show_progress_bar show_time time_display time_position border style padding background_style fill_color width`,
  button: `${control} type size text:element icon:element hover_tips:element form_action_type value url multi_url:link action_type`,
  input: `${control} default_value i18n_default_value max_length input_type show_icon rows auto_resize max_rows label:element label_position value`,
  overflow: `${size} width options:option behaviors:behaviour confirm:confirm value`,
  select_static: `${chooser} type initial_option initial_index`,
  multi_select_static: `${chooser} type selected_values`,
  select_person: `${chooser} type initial_option`,
  multi_select_person: `${chooser} type selected_values`,
  date_picker: `${control} initial_date value`,
  picker_time: `${control} initial_time value`,
  picker_datetime: `${control} initial_datetime value`,
  select_img: `${chooser} multi_select layout can_preview aspect_ratio value`,
  checker: `${control} checked text:element overall_checkable button_area:buttonArea checked_style padding hover_tips:element`,
  column_set: `${size} horizontal_spacing horizontal_align flex_mode background_style action:action columns:element`,
  column: `element_id margin background_style width weight ${layout} action:action elements:element`,
  form: `${size} name ${layout} elements:element`,
  interactive_container: `${size} width height ${layout} background_style has_border border_color corner_radius behaviors:behaviour disabled disabled_tips:element hover_tips:element confirm:confirm elements:element`,
  collapsible_panel: `${size} expanded ${layout} background_color header:panelHeader border:panelBorder elements:element`,
}

/** A parsed shape: its properties, each with the shape of the objects it holds. */
export type Shape = ReadonlyMap<string, string | undefined>

const parseShape = (words: string): Shape =>
  new Map(words.split(' ').map((word): [string, string | undefined] => word.split(':') as [string, string | undefined]))

const parseShapes = (written: Record<string, string>) => new Map(Object.entries(written).map(([name, words]) => [name, parseShape(words)]))

const shapesByName = parseShapes(shapes)
const shapesByTag = parseShapes(Object.fromEntries(Object.entries(elements).map(([tag, words]) => [tag, `tag ${words}`])))

export const shapeNamed = (name: string): Shape | undefined => shapesByName.get(name)
export const shapeOfTag = (tag: string): Shape | undefined => shapesByTag.get(tag)

/** A form gathers these controls; in a form each one needs a name. */
export const formControls: ReadonlySet<string> = new Set([
  'button',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'select_img',
  'checker',
])

/** `action_type` is the spelling of 1.0; the platform's samples of 2.0 still carry it. */
export const isSubmit = ({ tag, form_action_type, action_type }: Record<string, unknown>): boolean =>
  tag === 'button' && (form_action_type === 'submit' || action_type === 'form_submit')
