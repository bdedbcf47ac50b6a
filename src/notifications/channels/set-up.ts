import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, ConfigError, type Config } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { ChannelProviders, type ChannelProvider } from './channel-provider';
import { unsubscribeUrl } from '../preferences/unsubscribe-tokens';
import { allTopics } from '../templates/topics';
import { HttpSmsProvider } from './http-sms.provider';
import { InboxProvider } from './inapp.provider';
import { PrintProvider } from './print.provider';
import { PushProvider } from './push.provider';
import { SandboxProvider } from './sandbox.provider';
import { readSmsProfiles, type SmsProfile } from './sms-profile';

/** The profiles of operators, by name. */
export const SMS_PROFILES = Symbol('sms profiles');
export type SmsProfiles = ReadonlyMap<string, SmsProfile>;

const SANDBOXES = ['sandbox', 'sandbox-b'];

/** What the settings say; a channel without a provider of its own goes to the sandbox. */
export const CHANNEL_PROVIDERS = [
  {
    provide: SMS_PROFILES,
    inject: [CONFIG],
    useFactory: ({ smsProfiles }: Config): SmsProfiles => readSmsProfiles(smsProfiles),
  },
  {
    provide: ChannelProviders,
    inject: [SMS_PROFILES, Store, UnitOfWork, IdAllocator, CLOCK, CONFIG],
    useFactory: async (
      profiles: SmsProfiles,
      store: Store,
      uow: UnitOfWork,
      ids: IdAllocator,
      clock: Clock,
      config: Config,
    ): Promise<ChannelProviders> => {
      const { messagesPerMinute: perMinute, smtpUrl, mailFrom, vapidPublicKey, vapidPrivateKey, vapidSubject } = config;
      const parts = { store, uow, ids, clock, config };
      const sms = config.smsProviders.map((name): ChannelProvider => {
        if (SANDBOXES.includes(name)) return new SandboxProvider(name, 'SMS', parts, perMinute);
        const profile = profiles.get(name);
        if (!profile) throw new ConfigError(`SMS_PROVIDERS: ${name} has no profile in SMS_PROFILES`);
        return new HttpSmsProvider(name, profile, perMinute);
      });
      const mail = smtpUrl
        ? new (await import('./email.provider')).EmailProvider(smtpUrl, mailFrom, perMinute, ({ messageId, topic }) =>
            allTopics().get(topic)?.mandatory ? null : unsubscribeUrl(config, messageId),
          )
        : new SandboxProvider('sandbox-email', 'EMAIL', parts, perMinute);
      const push =
        vapidPublicKey && vapidPrivateKey
          ? new PushProvider(
              store,
              config.pushHosts,
              { publicKey: vapidPublicKey, privateKey: vapidPrivateKey, subject: vapidSubject },
              perMinute,
            )
          : new SandboxProvider('sandbox-push', 'PUSH', parts, perMinute);
      return new ChannelProviders([...sms, mail, push, new InboxProvider(store, uow, ids, clock), new PrintProvider()]);
    },
  },
];
