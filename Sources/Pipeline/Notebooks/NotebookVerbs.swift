import Foundation
import Notebooks

/// What cells can do here. A new verb is one file and one line.
public enum NotebookVerbs {
    /// In the order in which messages name them.
    public static let all = CellVerbs([
        RunCell(), SweepCell(), TrainCell(), ScoreCell(), PredictCell(), CalibrateCell(), PlotCell(),
        TableCell(),
        QueryCell(), AssertCell(),
    ])
}
