import { Redirect } from 'wouter';
import { useMay } from '../api/use-session';
import { SECTIONS } from './sections';

/** Leads to the first section that this user may see. */
export default function IndexPage() {
  const may = useMay();
  return <Redirect to={SECTIONS.find(({ needs }) => may(...needs))!.path} replace />;
}
