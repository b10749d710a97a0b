package office

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/internal/raw"
)

// MostUnits are the most units that a summary tells apart: all their numbers stand in
// memory, about 60 KB a unit, and are one table of so many columns.
const MostUnits = 20_000

// mostUnits is MostUnits but in a test.
var mostUnits int64 = MostUnits

// Fits tells whether a month's sums can be split so. *model.Error E-BY-MANY where there are
// more units than MostUnits.
func Fits(ctx context.Context, l *store.Ledger, month model.Month, by string) error {
	if by != count.ByOrganisation {
		return nil
	}
	n, err := raw.Number(ctx, inside(l).Readers(), "SELECT count(*) FROM sum_group WHERE month = ? AND kind = ?", string(month), KindUnit)
	if err != nil {
		return inside(l).Explain(fmt.Errorf("units of sums: %w", err))
	}
	if n > mostUnits {
		return model.Errorf("E-BY-MANY", "%s有 %d 个单位,按单位分列最多 %d 个(一个单位约占 60 KB 内存),没有算;请按县、按乡镇分列,或者用 taizhang-publish 放进 PostgreSQL,在那里按单位查", month.Chinese(), n, mostUnits)
	}
	return nil
}
