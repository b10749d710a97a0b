package county

import (
	"context"

	"taizhang/store"
	"taizhang/store/bundle"
)

// WriteTogether sets how many bundles are written together at most, and how many are
// prepared meanwhile; the function given sets it back.
func WriteTogether(bundles int) (back func()) {
	was, room := togetherBundles, aheadRoom
	togetherBundles, aheadRoom = bundles, bundles
	return func() { togetherBundles, aheadRoom = was, room }
}

// ReceiveUnaided takes files in one after the other, with nothing found out ahead.
func ReceiveUnaided(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, paths []string) (all []Intake, err error) {
	present, err := presentCodes(ctx, l)
	if err != nil {
		return nil, err
	}
	for _, f := range list(paths, present) {
		i := f.intake
		if i.Verdict == "" {
			if i, err = receiveFile(ctx, l, key, "", f.path); err != nil {
				return all, err
			}
		}
		all = append(all, i)
	}
	noteHome(ctx, l, all)
	return all, nil
}

// Told gives what is said of a fault at an office of a level, to its clerk and to those who
// sent the bundle.
func Told(level string, fault error) (here, there string) { return told(level, fault) }
