/* The parts of Apache ECharts that the trend needs, and no more. */
import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, TooltipComponent, SVGRenderer])
const initSvg = (at: HTMLElement) => init(at, null, { renderer: 'svg' })
export { initSvg as init }
