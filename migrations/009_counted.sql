-- What is counted at each scrape, beside the state: reading it out of every state there ever was takes seconds. Both
-- follow from the state alone, whatever it is: a state in another shape has no such number, and is written all the same.
alter table exception_view
  add column outcome text generated always as (state->>'outcome') stored,
  -- Seconds from the request to the last approval that was needed.
  add column approved_after numeric generated always as (
    case
      when jsonb_typeof(state->'approvals') = 'array'
        and jsonb_typeof(state->'plan'->'needed') = 'number'
        and jsonb_typeof(state->'approvals'->-1->'at') = 'number'
        and jsonb_typeof(state->'request'->'requestedAt') = 'number'
      then case
        when jsonb_array_length(state->'approvals') >= (state->'plan'->>'needed')::numeric
        then ((state->'approvals'->-1->>'at')::numeric - (state->'request'->>'requestedAt')::numeric) / 1000
      end
    end
  ) stored;
