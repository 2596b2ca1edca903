import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    sign_in: '登录', name: '用户名', password: '密码', show: '显示密码', signing_in: '正在登录', desk: '工作台', for_residents: '居民端：反映、查询，不用登录',
    account: '我的账户', looks: '外观与语言', looks_text: '马上生效，并记在您的账户上。',
  },
  en: {
    sign_in: 'Sign in', name: 'Name', password: 'Password', show: 'Show password', signing_in: 'Signing in', desk: 'Desk', for_residents: 'For residents: report and follow, without signing in',
    account: 'My account', looks: 'Appearance and language', looks_text: 'Takes effect at once and is kept with your account.',
  },
})
