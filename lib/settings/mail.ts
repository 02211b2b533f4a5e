import type { SettingReader } from "./setting-reader";

/** Mail is an extra: settings of it that are wrong turn it off and say so, and signing in goes on. */
export function checkMail(read: SettingReader): void {
  const smtpUrl = read.value("SMTP_URL");
  if (smtpUrl !== undefined && !/^smtps?:\/\/./.test(smtpUrl)) {
    read.note("SMTP_URL must start with smtp:// or smtps://: mail is off");
  }
  if ((smtpUrl === undefined) !== (read.value("MAIL_FROM") === undefined)) {
    read.note("SMTP_URL and MAIL_FROM belong together: mail is off");
  }
}
