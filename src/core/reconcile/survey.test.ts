import { expect, test } from 'vitest';
import { sceneId } from '../ids.ts';
import type { FieldDecision } from '../planning/plan.ts';
import { emptySurvey, surveyAfter } from './survey.ts';

const decision = (isWritten: boolean): FieldDecision => ({
  field: 'title',
  from: '',
  to: 'new',
  wasLocked: false,
  reason: 'first',
  edit: isWritten ? { kind: 'text', field: 'title', value: 'new', lock: true } : null,
  intended: null,
});

const planned = (id: number, changes: boolean) => ({
  sceneId: sceneId(String(id)),
  failure: null,
  leftOut: null,
  items: [{ decisions: [decision(changes)], images: [] }],
});

test('a survey counts all scenes, and keeps the first twenty that would change', () => {
  const page = Array.from({ length: 15 }, (_, index) => planned(index + 1, index % 3 !== 0));
  const next = Array.from({ length: 15 }, (_, index) => planned(index + 101, true));
  const survey = surveyAfter(surveyAfter(emptySurvey, { planned: page, inStep: 35 }), {
    planned: next,
    inStep: 0,
  });
  expect(survey.tally).toMatchObject({
    scenes: 65,
    wouldChange: 25,
    inStep: 40,
    fields: { title: { first: 25 } },
  });
  expect(survey.sample).toHaveLength(20);
  expect(survey.sample.slice(0, 3)).toEqual(['2', '3', '5']);
  expect(survey.sample.at(-1)).toBe('110');
});
