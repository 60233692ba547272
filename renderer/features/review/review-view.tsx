import type { ViewProps } from '../../app/views.tsx';
export function ReviewView(_: ViewProps<'review'>) {
  return null;
}
