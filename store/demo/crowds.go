package demo

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// batchSize is how many persons are saved in one transaction.
const batchSize = 2000

// People fills a ledger with n made-up members of villages of the usual size, each
// with the opening movement, for benchmarks with 300 to 100,000 persons. The same
// seed gives the same people, and none has a number that another has. progress,
// where set, is called after every batch.
func People(ctx context.Context, l *store.Ledger, n int, seed uint64, progress func(done int)) error {
	d := dice.New(seed, "crowds")
	today := l.Source().Today()
	ids, calls := folk.NewIDNumbers(), folk.NewPhones(dice.New(seed, "crowd phones"))
	kind, env := l.Kinds().Kind("person"), l.Env(ctx)
	villages := folk.VillageNames(dice.New(seed, "crowd places"), n/80+1)
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
		place := folk.VillagePlace(i%len(folk.Towns), i/len(folk.Towns), villages[i%len(villages)])
		size := min(n-done, d.Between(60, 110))
		for _, p := range folk.NewCrowd(d, place, today, ids, calls).Members(size, folk.UsualAges, 19) {
			batch = append(batch, member(p, env, kind, d))
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
func member(p *folk.Person, env *model.Env, kind *model.Kind, d *dice.Dice) *model.Record {
	r := model.New(env, kind)
	for name, value := range p.Fields() {
		r.Set(name, value)
	}
	r.Set("status", "正式党员")
	r.Set("standing", "在册")
	r.Set("monthly_dues", dice.Pick(d, []int{20, 50, 100}))
	r.Set("dues_from", env.Today.Month())
	r.Set("occupation", dice.Weigh(d, dice.Shares("务农60 种养业大户12 个体工商户10 企业务工12 其他6")))
	return r
}
