import { element } from '../../model/index.js';
import { problems } from '../../problem.js';
import { collectorProps, collectorRoles } from './collector.js';

/** Mailer Visualizer: writes its file as any listener. Mail it does not send; that is said before the run. */
export const mailerResultCollector = element({
  tag: 'MailerResultCollector',
  gui: 'MailerVisualizer',
  call: 'record.mailer',
  props: collectorProps,
  // Whom to write to and when.
  ignored: ['*'],
  check: () => [problems.elementWarns('mail is not sent: Meterless runs the plan without it')],
  ...collectorRoles(),
});
