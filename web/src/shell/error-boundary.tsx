import { Button, Stack, Text } from '@mantine/core';
import { Component, type PropsWithChildren } from 'react';
import { SHARED } from '../shared/shared.texts';
import { languageNow } from '../i18n/preferences';

/** A page that fails leaves the shell standing. */
export class ErrorBoundary extends Component<PropsWithChildren, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const texts = SHARED[languageNow()];
    return (
      <Stack align="center" py="xl" role="alert">
        <Text fw={600}>{texts.broken}</Text>
        <Button onClick={() => location.reload()}>{texts.reload}</Button>
      </Stack>
    );
  }
}
