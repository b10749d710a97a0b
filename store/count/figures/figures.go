// Package figures has the figures of the source (F01–F38 of domain.md §11.1) as
// indicators: for comparing a made-up county with it.
package figures

import (
	"slices"

	"taizhang/store/count"
)

// All gives F01–F38 of domain.md §11.1, in their order, but for those
// that are damaged in the source.
func All() []*count.Indicator {
	return slices.Concat(sourceFiguresRating, sourceFiguresHelp, sourceFiguresCadre, sourceFiguresLead, sourceFiguresModel)
}
