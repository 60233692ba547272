import { MessageCircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useForm } from '../../client/use-command.ts';
import { Badge } from '../../ui/badge.tsx';
import { useReached } from '../../client/use-reached.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Time } from '../../ui/time.tsx';
import { Section } from './section.tsx';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';
import { useDraft } from './use-draft.ts';

const words = strings.questions;
type Detail = OutputOf<'proposal.get'>;
type Question = Detail['questions'][number];

/** Questions and answers as a conversation; what is half written is kept. */
export function QuestionsSection({ detail }: { detail: Detail }) {
  const { proposal, questions } = detail;
  const research = proposal.stage === 'research';
  const open = research || proposal.stage === 'plan';
  if (questions.length === 0 && !research) return null;
  return (
    <Section title={words.title}>
      {questions.length === 0 ? <p className="mb-12 text-ink-2">{words.empty}</p> : null}
      <ol className="flex flex-col gap-16">
        {questions.map((question) => (
          <Exchange key={question.id} question={question} open={open} />
        ))}
      </ol>
      {research ? <PlannerAsks detail={detail} /> : null}
      {research ? <AskForm id={proposal.id} /> : null}
    </Section>
  );
}

function Exchange({ question, open }: { question: Question; open: boolean }) {
  const [changing, setChanging] = useState(false);
  const asker = question.askedBy === 'owner' ? words.you : words.agent;
  return (
    <li className="flex flex-col gap-6">
      <div className="flex items-baseline gap-8 text-meta text-ink-3">
        <span className="font-medium text-ink-2">{asker}</span>
        <Time at={question.createdAt} />
        {question.required && question.answer === null ? (
          <Badge tone="attention">{words.required}</Badge>
        ) : null}
      </div>
      <p className="text-read whitespace-pre-wrap wrap-anywhere">{question.question}</p>
      {question.answer !== null && !changing ? (
        <div className="ms-16 border-s-2 border-line ps-12">
          <p className="flex items-baseline gap-8 text-meta text-ink-3">
            <span className="font-medium text-ink-2">{words.you}</span>
            {question.answeredAt ? <Time at={question.answeredAt} /> : null}
            {open ? (
              <Button
                variant="ghost"
                size="small"
                className="ms-auto"
                onClick={() => {
                  setChanging(true);
                }}
              >
                {words.change}
              </Button>
            ) : null}
          </p>
          <p className="text-read whitespace-pre-wrap wrap-anywhere">{question.answer}</p>
        </div>
      ) : open ? (
        <AnswerForm
          question={question}
          onDone={() => {
            setChanging(false);
          }}
        />
      ) : null}
    </li>
  );
}

function AnswerForm({ question, onDone }: { question: Question; onDone: () => void }) {
  const reached = useReached();
  const [text, setText] = useDraft(`${question.proposalId}.${question.id}`);
  const { busy, failure, send } = useForm();
  const answer = async (): Promise<void> => {
    if (text.trim() === '' || !reached) return;
    const reply = await send('proposal.answer', {
      id: question.proposalId,
      questionId: question.id,
      answer: text,
    });
    if (!reply.ok) return;
    setText('');
    onDone();
  };
  const submit = (): void => void answer();
  return (
    <div className="ms-16 flex flex-col gap-8" onKeyDown={submitOnChord(submit)}>
      <Field label={words.answer} hideLabel>
        <TextArea
          value={text}
          onValueChange={setText}
          placeholder={words.answer}
          minRows={2}
          data-answer={question.required ? 'required' : 'optional'}
        />
      </Field>
      {question.suggestions.length > 0 && text === '' ? (
        <div role="group" aria-label={words.suggestions} className="flex flex-wrap gap-6">
          {question.suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              size="small"
              onClick={() => {
                setText(suggestion);
              }}
            >
              {suggestion}
            </Button>
          ))}
        </div>
      ) : null}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex items-center justify-end gap-8">
        {text ? <span className="me-auto text-meta text-ink-3">{words.draft}</span> : null}
        <Button
          size="small"
          keys="$mod+Enter"
          busy={busy}
          unavailable={reached ? undefined : words.lost}
          onClick={submit}
        >
          {words.send}
        </Button>
      </div>
    </div>
  );
}

function AskForm({ id }: { id: string }) {
  const [text, setText] = useDraft(`${id}.ask`);
  const [required, setRequired] = useState(false);
  const { busy, failure, send } = useForm();
  const ask = async (): Promise<void> => {
    if (text.trim() === '') return;
    const reply = await send('proposal.ask', { id, question: text, required });
    if (reply.ok) setText('');
  };
  const submit = (): void => void ask();
  return (
    <div className="mt-16 flex flex-col gap-8" onKeyDown={submitOnChord(submit)}>
      <Field label={words.ask}>
        <TextArea value={text} onValueChange={setText} placeholder={words.askPlaceholder} minRows={2} />
      </Field>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex items-center justify-between gap-8">
        <Checkbox checked={required} onCheckedChange={setRequired} label={words.askRequired} />
        <Button size="small" busy={busy} onClick={submit}>
          {words.askSend}
        </Button>
      </div>
    </div>
  );
}

/** Has the planner look for what is unclear, and says how that goes. */
function PlannerAsks({ detail: { proposal } }: { detail: Detail }) {
  const { busy, failure, send } = useForm();
  const { id, planning, planningError } = proposal;
  const begin = (): void => void send('proposal.askPlanner', { id });
  return (
    <div className="mt-16 flex flex-col gap-8">
      {planning === 'planning' ? (
        <div role="status" className="flex flex-wrap items-center gap-8">
          <StatusLabel shape="spinner">{words.asking}</StatusLabel>
          <Button
            size="small"
            className="ms-auto"
            busy={busy}
            onClick={() => void send('proposal.cancelPlanning', { id })}
          >
            {strings.plan.cancelPlanning}
          </Button>
        </div>
      ) : planning === 'failed' ? (
        <ErrorBar message={words.askingFailed} hint={planningError} onRetry={begin} busy={busy} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-12 gap-y-6">
          <Button size="small" icon={MessageCircleQuestionMark} busy={busy} onClick={begin}>
            {words.askPlanner}
          </Button>
          <span className="min-w-0 flex-1 basis-[240px] text-meta text-ink-2">{words.askPlannerHelp}</span>
        </div>
      )}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </div>
  );
}
