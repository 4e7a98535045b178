/// The notebook that `notebook new` writes: small, and it runs.
public enum NotebookTemplate {
    /// Its text.
    public static func text(title: String) -> String {
        """
        +++
        title = "\(title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))"
        seed = 1
        budget = 60  # seconds
        +++

        What is asked, and why. Prose is Markdown, with formulas such as $\\gamma = c_p / c_v$ and with values of cells:
        the tube below took {{flow.steps}} steps, and its density stays below {{flow.density.maximum:.3f}}.

        ```run id=flow
        text = '''
        [case]
        title = "Shock tube"
        [domain]
        cells = [100]
        lower = [0.0]
        upper = [1.0]
        [boundaries]
        x = "outflow"
        [initial]
        density = "if(x < 0.5, 1, 0.125)"
        velocity = [0.0]
        pressure = "if(x < 0.5, 1, 0.1)"
        [time]
        end = 0.2
        '''
        ```

        ```plot id=profile
        file = "{{flow.file}}"
        alt = "Density, velocity and pressure along the tube"
        caption = "The tube at the end."
        ```

        ```assert id=checks
        that = ["{{flow.density.maximum}} < 1.02", "{{flow.density.minimum}} > 0"]
        ```

        """
    }
}
