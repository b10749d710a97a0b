package demo

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// batchSize is how many persons are saved in one transaction.
const batchSize = 2000

// People fills a ledger with n made-up members of villages of the usual size, each
// with the opening movement, for benchmarks with 300 to 100,000 persons. The same
// seed gives the same people, and none has a number that another has. progress,
// where set, is called after every batch.
func People(ctx context.Context, l *store.Ledger, n int, seed uint64, progress func(done int)) error {
	d := newDice(seed, "crowds")
	today := l.Source().Today()
	ids, calls := newIDNumbers(), newPhones(newDice(seed, "crowd phones"))
	kind, env := l.Kinds().Kind("person"), l.Env(ctx)
	villages := villageNames(newDice(seed, "crowd places"), n/80+1)
	var batch []*model.Record
	flush := func(done int) error {
		if len(batch) == 0 {
			return nil
		}
		if _, err := l.Save(ctx, model.FromSheet, batch...); err != nil {
			return fmt.Errorf("demo: save %d persons: %w", len(batch), err)
		}
		batch = batch[:0]
		if progress != nil {
			progress(done)
		}
		return nil
	}
	for done, i := 0, 0; done < n; i++ {
		place := villagePlace(i%len(towns), i/len(towns), villages[i%len(villages)])
		size := min(n-done, d.between(60, 110))
		for _, p := range newCrowd(d, place, today, ids, calls).members(size, usualAges, 19) {
			batch = append(batch, p.member(env, kind, d))
			done++
			if len(batch) == batchSize {
				if err := flush(done); err != nil {
					return err
				}
			}
		}
	}
	return flush(n)
}

// member makes the record of a member without any part in a village's year.
func (p *Person) member(env *model.Env, kind *model.Kind, d *dice) *model.Record {
	r := model.New(env, kind)
	for name, value := range p.fields() {
		r.Set(name, value)
	}
	r.Set("status", "正式党员")
	r.Set("standing", "在册")
	r.Set("monthly_dues", pick(d, []int{20, 50, 100}))
	r.Set("dues_from", env.Today.Month())
	r.Set("occupation", weigh(d, []share[string]{{"务农", 60}, {"种养业大户", 12}, {"个体工商户", 10}, {"企业务工", 12}, {"其他", 6}}))
	return r
}
